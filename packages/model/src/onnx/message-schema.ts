/** How the values of one protobuf field are written; plural kinds repeat. */
export type FieldKind =
  | 'int'
  | 'ints'
  | 'float'
  | 'floats'
  | 'doubles'
  | 'text'
  | 'texts'
  | 'bytes'
  | 'bytesList'
  | { readonly one: MessageSchema }
  | { readonly many: MessageSchema };

/** The fields of one kind of protobuf message: their numbers and kinds, by our name for them. */
export interface MessageSchema {
  readonly [field: string]: readonly [number: number, kind: FieldKind];
}

type FieldValue<Kind> = Kind extends 'int' | 'float'
  ? number
  : Kind extends 'ints' | 'floats' | 'doubles'
    ? ArrayLike<number>
    : Kind extends 'text'
      ? string
      : Kind extends 'texts'
        ? readonly string[]
        : Kind extends 'bytes'
          ? Uint8Array
          : Kind extends 'bytesList'
            ? readonly Uint8Array[]
            : Kind extends { readonly one: infer Inner }
              ? Message<Inner>
              : Kind extends { readonly many: infer Inner }
                ? readonly Message<Inner>[]
                : never;

/** A message of one kind; a field that is absent is not set. */
export type Message<Schema> = {
  readonly [Field in keyof Schema]?: Schema[Field] extends readonly [number, infer Kind]
    ? FieldValue<Kind>
    : never;
};
