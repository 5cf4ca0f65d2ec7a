export { AppModule as ShopModule } from './shop.module.js';
