call shapelint#define('markdown', 'markdown')
