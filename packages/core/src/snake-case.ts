/** A name of code, such as `maxCategories`, as configurations spell it: `max_categories`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
