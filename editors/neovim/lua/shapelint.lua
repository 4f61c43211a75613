-- shapelint in Neovim: starts `shapelint lsp` for documents that hold formulas. No dependencies; 0.7 and later.
local M = {}

local defaults = {
  cmd = { 'shapelint', 'lsp' },
  filetypes = { 'markdown', 'tex', 'plaintex', 'python', 'octave', 'matlab', 'shapelint' },
  -- a text file is only served where its name says that it holds formulas
  patterns = { 'formulas%.txt$', '%.shapes$' },
  -- convention, layout, star, select, ignore: they outrank shapelint.toml;
  -- showUnchecked: formulas that were not checked are hints
  settings = {},
}

local options = defaults
local clients = {} -- a client for each root

local function root_of(name)
  local found = vim.fs and vim.fs.find({ 'shapelint.toml', 'pyproject.toml', '.git' }, { upward = true, path = name })[1]
  return found and vim.fn.fnamemodify(found, ':h') or vim.fn.fnamemodify(name, ':h')
end

local function holds_formulas(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  for _, pattern in ipairs(options.patterns) do
    if name:find(pattern) then return true end
  end
  return vim.tbl_contains(options.filetypes, vim.bo[buffer].filetype)
end

function M.attach(buffer)
  if vim.bo[buffer].buftype ~= '' or not holds_formulas(buffer) then return end
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  if not clients[root] then
    clients[root] = vim.lsp.start_client({
      name = 'shapelint',
      cmd = options.cmd,
      root_dir = root,
      init_options = { settings = options.settings },
      settings = { shapelint = options.settings },
      on_exit = function() clients[root] = nil end,
    })
  end
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

function M.setup(given)
  options = vim.tbl_deep_extend('force', defaults, given or {})
  vim.api.nvim_create_autocmd({ 'FileType', 'BufReadPost', 'BufNewFile' }, {
    group = vim.api.nvim_create_augroup('shapelint', { clear = true }),
    callback = function(event) M.attach(event.buf) end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) then M.attach(buffer) end
  end
end

return M
