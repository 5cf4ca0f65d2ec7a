Object.defineProperty(exports, '__esModule', { value: true });
exports.AppModule = require('./cjs.support.cjs').Root;
exports.port = 3000;
