" The settings of a user who has ALE from Vim's packages and this folder on the runtime path.
set nocompatible encoding=utf-8 noswapfile hidden
let g:ale_linters_explicit = 0
let g:ale_linters = {'markdown': ['shapelint'], 'tex': ['shapelint']}
let g:ale_shapelint_executable = $PYTHON
let g:ale_shapelint_arguments = '-m shapelint lsp'
if !empty($SETTINGS)
    let g:ale_shapelint_settings = json_decode($SETTINGS)
endif
execute 'set runtimepath^=' . fnameescape($PLUGIN)
packadd! ale
filetype plugin on
syntax on
