call shapelint#define('python', 'python')
