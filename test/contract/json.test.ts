import { jsonDocuments } from '../stories/json.ts';
import { tell } from '../support/tell.ts';

tell(jsonDocuments);
