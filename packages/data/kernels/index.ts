export { formatNumbers } from './format-numbers';
export { joinRows } from './join-rows';
export { lookUpTexts } from './look-up-texts';
export { packTexts } from './pack-texts';
export { readNumbers } from './read-numbers';
export { rememberText } from './remember-text';
export { scanRows } from './scan-rows';
