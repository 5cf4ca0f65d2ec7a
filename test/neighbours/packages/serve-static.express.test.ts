import { serveStaticCases } from './serve-static.cases.js';

serveStaticCases('express');
