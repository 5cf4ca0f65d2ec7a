exports.default = async () => require('./cjs.support.cjs').Root;
