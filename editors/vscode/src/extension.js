// Starts `shapelint lsp` for files of formulas, Markdown, LaTeX, Python and notebooks; everything else is the server's.
const { spawn } = require('node:child_process');
const vscode = require('vscode');
const { LanguageClient, State } = require('vscode-languageclient/node');

const SECTION = 'shapelint';
const INSTALL = "Install it with: pip install 'shapelint[lsp]'";
const SHOWING = ['shapelint.showAnalysis', 'shapelint.showDerivation'];
const LANGUAGES = ['shapelint', 'markdown', 'latex', 'tex', 'python', 'octave', 'matlab'];

let client;

// Only what somebody chose: an empty setting leaves the word to the configuration file.
function settings() {
  const { path, arguments: _, ...rest } = vscode.workspace.getConfiguration(SECTION);
  const isChosen = (value) => (Array.isArray(value) ? value.length > 0 : ['string', 'number'].includes(typeof value));
  return { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => isChosen(value))), showAnalysis: 'answer' };
}

// Settles as soon as it is known whether there is such a command, which the client would report in three pop-ups.
function launch() {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const child = spawn(configuration.get('path'), [...configuration.get('arguments'), 'lsp', '--stdio'], { cwd: folder() });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.once('error', reject);
  });
}

function folder() {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  return first && first.uri.scheme === 'file' ? first.uri.fsPath : undefined;
}

async function start() {
  let launched;
  try {
    launched = await launch();
  } catch (error) {
    await explain(`shapelint was not found (${error.message}).`);
    return;
  }
  const server = async () => {
    const child = launched ?? (await launch());
    launched = undefined;
    return child;
  };
  client = new LanguageClient(SECTION, 'shapelint', server, {
    documentSelector: [
      ...LANGUAGES.map((language) => ({ language })),
      { notebook: 'jupyter-notebook', language: 'markdown' },
      { notebook: 'jupyter-notebook', language: 'python' },
    ],
    initializationOptions: settings,
    middleware: {
      workspace: {
        configuration: async (asked, token, next) => {
          const answers = await next(asked, token);
          return asked.items.map((item, place) => (item.section === SECTION ? settings() : answers[place]));
        },
      },
      executeCommand: async (command, given, next) => {
        const answer = await next(command, given);
        return SHOWING.includes(command) ? showAnalysis(answer) : answer;
      },
    },
  });
  try {
    await client.start();
  } catch (error) {
    client.error(String(error));
    await explain('shapelint was found, but its server did not start.');
  }
}

async function explain(what) {
  const choices = ['Set the path', ...(client ? ['Show the log'] : [])];
  const choice = await vscode.window.showErrorMessage(`${what} ${INSTALL}`, ...choices);
  if (choice === 'Set the path') {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'shapelint.path');
  } else if (choice) {
    client.outputChannel.show();
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running && running.state === State.Running) {
    await running.stop();
  }
}

// A document that is nobody's file: it cannot be changed, and closing it asks nothing.
const analysis = {
  text: '',
  changes: new vscode.EventEmitter(),
  uri: vscode.Uri.parse(`${SECTION}:Shapes`),
};

async function showAnalysis(answer) {
  analysis.text = answer;
  analysis.changes.fire(analysis.uri);
  const document = await vscode.workspace.openTextDocument(analysis.uri);
  await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true, viewColumn: vscode.ViewColumn.Beside });
}

async function changed(event) {
  if (event.affectsConfiguration('shapelint.path') || event.affectsConfiguration('shapelint.arguments')) {
    await stop();
    await start();
  } else if (event.affectsConfiguration(SECTION) && client && client.state === State.Running) {
    await client.sendNotification('workspace/didChangeConfiguration', { settings: { [SECTION]: settings() } });
  }
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(changed),
    vscode.workspace.registerTextDocumentContentProvider(SECTION, {
      onDidChange: analysis.changes.event,
      provideTextDocumentContent: () => analysis.text,
    }),
    vscode.commands.registerCommand('shapelint.restart', async () => {
      await stop();
      await start();
    }),
    vscode.commands.registerCommand('shapelint.showLog', () => client && client.outputChannel.show()),
  );
  await start();
};

exports.deactivate = stop;
