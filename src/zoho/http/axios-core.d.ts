/** The core of axios alone, which the package exports without its types. */
declare module 'axios/unsafe/core/Axios.js' {
  export { Axios as default } from 'axios';
}
