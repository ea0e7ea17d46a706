/** Zoho's SDK for Node comes without types; what the tests use of it is in zoho-sdk.ts. */
declare module '@zohocrm/nodejs-sdk-8.0';
