import { dataTypes } from '../stories/data-types.ts';
import { tell } from '../support/tell.ts';

tell(dataTypes);
