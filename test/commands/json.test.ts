import { jsonDocuments } from './stories/json.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(jsonDocuments);
