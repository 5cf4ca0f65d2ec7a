import { jsonPointer } from '../../../../lib/answers/problem/json-pointer.js';

describe('the JSON Pointer of a parameter', () => {
  it.each([
    [[], '#'],
    [['title'], '#/title'],
    [['items', 2, 'price'], '#/items/2/price'],
    [['a.b'], '#/a.b'],
    [['["\\q"]'], '#/%5B%22%5Cq%22%5D'],
    [['items', 'odd name'], '#/items/odd%20name'],
    [['items', 'a/b', 'c~d'], '#/items/a~1b/c~0d'],
    [['größe'], '#/gr%C3%B6%C3%9Fe'],
    [['\ud800'], '#/%EF%BF%BD'],
    [[0, 'price'], '#/0/price'],
  ])('of %j is %s', (path, pointer) => {
    expect(jsonPointer(path)).toBe(pointer);
  });

  it('is not made of what is too long to read', () => {
    expect(jsonPointer(['x'.repeat(100_000)])).toBeUndefined();
    expect(jsonPointer(Array.from({ length: 10_000 }, () => 'items'))).toBeUndefined();
  });
});
