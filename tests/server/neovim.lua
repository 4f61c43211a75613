-- Opens DOCUMENT in Neovim with the plugin, takes the first repair at the first finding, and prints what it saw.
local function say(name, value) io.stdout:write(name .. ' ' .. value .. '\n') end
local function settled(test) return vim.wait(25000, test, 20) end

vim.g.shapelint = { cmd = { os.getenv('PYTHON'), '-m', 'shapelint', 'lsp' } }
vim.opt.runtimepath:append(os.getenv('PLUGIN'))
vim.cmd('filetype on')
vim.cmd('runtime plugin/shapelint.lua')
vim.cmd('edit ' .. os.getenv('DOCUMENT'))

if not settled(function() return #vim.diagnostic.get(0) > 0 end) then
  say('nothing', 'was found')
  vim.cmd('qa!')
end
for _, one in ipairs(vim.diagnostic.get(0)) do
  say('found', one.lnum .. ':' .. one.col .. ' ' .. one.code .. ' ' .. one.message:match('[^\n]+'))
end
local first = vim.diagnostic.get(0)[1]
vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
local hovered = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(0, 'utf-16'), 5000)
for _, answer in pairs(hovered) do say('hover', (vim.inspect(answer.result.contents.value))) end
vim.ui.select = function(items, options, choose)
  say('action', options.format_item(items[1]))
  choose(items[1], 1)
end
vim.lsp.buf.code_action()
settled(function() return #vim.diagnostic.get(0) == 0 end)
say('left', #vim.diagnostic.get(0))
say('text', table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '|'))
vim.cmd('qa!')
