Object.defineProperty(exports, '__esModule', { value: true });
exports.default = require('./cjs.support.cjs').Root;
exports.port = 3000;
