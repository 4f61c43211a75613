call shapelint#define('matlab', 'octave')
