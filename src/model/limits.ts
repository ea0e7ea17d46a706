/** Fields per POST and PATCH (sheet §3.1: documented for every version; the 25 of one source is not trusted). */
export const FIELDS_PER_CALL = 5;
