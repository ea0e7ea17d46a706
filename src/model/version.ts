// By its name, so that the bundle holds this one value and not the whole file.
import { version } from '../../package.json';

/** The version of this package. */
export const VERSION: string = version;
