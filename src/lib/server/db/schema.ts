import type { AuditTables } from '../audit/tables.ts';
import type { BudgetTables } from '../budget/tables.ts';
import type { ConsultationTables } from '../consultation/tables.ts';
import type { DialogueTables } from '../dialogue/tables.ts';
import type { HttpTables } from '../http/tables.ts';
import type { IdentityTables } from '../identity/tables.ts';
import type { MailTables } from '../mail/tables.ts';
import type { StatisticsTables } from '../statistics/tables.ts';

/** All tables, joined from the areas that own them. A test compares them with the database's own catalogue. */
export type Schema = BudgetTables &
	IdentityTables &
	MailTables &
	ConsultationTables &
	DialogueTables &
	StatisticsTables &
	HttpTables &
	AuditTables;
