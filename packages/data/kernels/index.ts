export { lookUpTexts } from './look-up-texts';
export { readNumbers } from './read-numbers';
export { rememberText } from './remember-text';
export { scanRows } from './scan-rows';
