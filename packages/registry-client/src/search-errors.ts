import { GnuMlopsError } from '@gnu-mlops/core';

/** A filter that does not parse, or that asks for what cannot be searched. */
export class FilterInvalidError extends GnuMlopsError {
  static readonly code = 'REGISTRY_FILTER_INVALID';
  readonly filter: string;
  /** 0-based, in UTF-16 units. */
  readonly position: number;

  constructor(filter: string, position: number, problem: string) {
    super(
      FilterInvalidError.code,
      `The filter is wrong at character ${position + 1}, ${quoteAround(filter, position)}: ${problem}`,
    );
    this.filter = filter;
    this.position = position;
  }
}

/** An order that does not parse, or that names what cannot be ordered by. */
export class OrderByInvalidError extends GnuMlopsError {
  static readonly code = 'REGISTRY_ORDER_BY_INVALID';
  readonly orderBy: string;

  constructor(orderBy: string, problem: string) {
    super(OrderByInvalidError.code, `The order ${JSON.stringify(orderBy)} is wrong: ${problem}`);
    this.orderBy = orderBy;
  }
}

/** A page token that no search of this package gave out. */
export class PageTokenInvalidError extends GnuMlopsError {
  static readonly code = 'REGISTRY_PAGE_TOKEN_INVALID';

  constructor() {
    super(
      PageTokenInvalidError.code,
      'The page token is none that a search gave out. Pass on nextPageToken as it is, or leave it out for the first page.',
    );
  }
}

function quoteAround(filter: string, position: number): string {
  if (position >= filter.length) return 'at its end';
  const rest = filter.slice(position, position + 20);
  return `near ${JSON.stringify(position + 20 < filter.length ? `${rest}...` : rest)}`;
}
