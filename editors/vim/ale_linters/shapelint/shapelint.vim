call shapelint#define('shapelint', 'shapelint')
