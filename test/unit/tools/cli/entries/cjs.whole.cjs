module.exports = require('./cjs.support.cjs').Root;
