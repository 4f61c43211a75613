" shapelint for ALE: what a linter needs to know, the same for every file type.

call ale#Set('shapelint_executable', 'shapelint')
call ale#Set('shapelint_arguments', 'lsp')
call ale#Set('shapelint_settings', {})

function! shapelint#define(filetype, language) abort
    call ale#linter#Define(a:filetype, {
    \   'name': 'shapelint',
    \   'lsp': 'stdio',
    \   'executable': {buffer -> ale#Var(buffer, 'shapelint_executable')},
    \   'command': {buffer -> '%e ' . ale#Var(buffer, 'shapelint_arguments')},
    \   'language': a:language,
    \   'project_root': function('shapelint#root'),
    \   'initialization_options': function('shapelint#options'),
    \   'lsp_config': {buffer -> {'shapelint': ale#Var(buffer, 'shapelint_settings')}},
    \})
endfunction

" ALE counts columns in bytes, and does not say so.
function! shapelint#options(buffer) abort
    return {'settings': ale#Var(a:buffer, 'shapelint_settings'), 'positionEncoding': 'utf-8'}
endfunction

" The nearest folder with a configuration or a repository, else that of the file.
function! shapelint#root(buffer) abort
    let l:folder = fnamemodify(bufname(a:buffer), ':p:h')
    let l:found = map(['shapelint.toml', 'pyproject.toml'], {_, name -> findfile(name, l:folder . ';')})
    let l:found += [finddir('.git', l:folder . ';')]
    let l:found = map(filter(l:found, '!empty(v:val)'), 'fnamemodify(v:val, '':p:h'')')
    let l:found = map(l:found, 'v:val =~# ''/\.git$'' ? fnamemodify(v:val, '':h'') : v:val')
    return get(sort(l:found, {one, other -> len(other) - len(one)}), 0, l:folder)
endfunction
