import { Module } from '@nestjs/common';
import { LoansModule } from '../loans/loans.module.js';
import { MembersController } from './members.controller.js';
import { MembersService } from './members.service.js';

@Module({ imports: [LoansModule], controllers: [MembersController], providers: [MembersService] })
export class MembersModule {}
