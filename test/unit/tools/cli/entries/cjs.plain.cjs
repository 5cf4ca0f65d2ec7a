module.exports = { AppModule: require('./cjs.support.cjs').Root, port: 3000 };
