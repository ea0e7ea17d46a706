import { vi } from 'vitest';

/*
 * Every test file has modules of its own, such as the memory of secrets, although one process runs many files: starting one
 * for each took a quarter of the time of all tests. It is loaded first, before each test file.
 */
vi.resetModules();
