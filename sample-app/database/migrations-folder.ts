import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The compiler copies no SQL: sample-app/dist/database finds it where the sources are
const places = ['./migrations', '../../database/migrations'].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

const found = places.find((place) => existsSync(place));
if (found === undefined) {
  throw new Error(`The migrations are missing: neither of ${places.join(', ')} exists.`);
}

/** Where the SQL files of drizzle-kit are. */
export const migrationsFolder = found;
