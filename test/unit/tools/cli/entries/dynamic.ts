import { AppModule } from './shop.module.js';

export default { module: class RootModule {}, imports: [AppModule] };
