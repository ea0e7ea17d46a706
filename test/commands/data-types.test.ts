import { dataTypes } from './stories/data-types.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(dataTypes);
