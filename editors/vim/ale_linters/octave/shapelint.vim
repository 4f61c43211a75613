call shapelint#define('octave', 'octave')
