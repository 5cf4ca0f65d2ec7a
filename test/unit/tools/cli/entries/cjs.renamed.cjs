Object.defineProperty(exports, '__esModule', { value: true });
exports.ShopModule = require('./cjs.support.cjs').Root;
