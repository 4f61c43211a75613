call shapelint#define('tex', 'latex')
