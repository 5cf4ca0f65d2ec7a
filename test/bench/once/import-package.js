// What an application imports anyway is imported before
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
import '@nestjs/platform-express';
import { measured } from './measured.js';

await measured(() => import('nestjs-api-errors'));
