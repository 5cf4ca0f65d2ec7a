// As a connection that a provider opens in its constructor
setInterval(() => undefined, 1000);

export { AppModule } from './talkative.mjs';
