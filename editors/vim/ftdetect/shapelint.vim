autocmd BufNewFile,BufRead *.shapes,*formulas.txt set filetype=shapelint
