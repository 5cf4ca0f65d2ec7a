import { AppModule } from './shop.module.js';

export default Promise.resolve(AppModule);
