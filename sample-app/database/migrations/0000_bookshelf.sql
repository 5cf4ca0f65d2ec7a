CREATE TABLE "books" (
	"isbn" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"authors" text[] NOT NULL,
	"pages" integer NOT NULL,
	"chapters" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"copies" integer NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "loans" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" text NOT NULL,
	"isbn" text NOT NULL,
	"due_on" date NOT NULL,
	"returned_at" timestamp with time zone,
	"idempotency_key" text,
	CONSTRAINT "loans_idempotency_key" UNIQUE("member_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"suspended" boolean DEFAULT false NOT NULL,
	"max_loans" integer NOT NULL,
	"max_loan_days" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "loans" ADD CONSTRAINT "loans_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "loans" ADD CONSTRAINT "loans_isbn_books_isbn_fk" FOREIGN KEY ("isbn") REFERENCES "books"("isbn") ON DELETE no action ON UPDATE no action;