-- Loaded by Neovim: sets up shapelint with its defaults, unless `vim.g.shapelint_manual` is set.
if not vim.g.loaded_shapelint and not vim.g.shapelint_manual then
  vim.g.loaded_shapelint = true
  require('shapelint').setup(vim.g.shapelint or {})
end
