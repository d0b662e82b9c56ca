import { describe, expect, test } from 'vitest';
import { readXml } from './read-xml.service.ts';

describe('reading XML', () => {
  test('gives elements with their namespaces, whatever their prefixes', () => {
    const root = readXml(
      '<?xml version="1.0"?><a:one xmlns:a="urn:a" xmlns="urn:b"><two id="1"/><a:two xmlns:a="urn:c">x</a:two></a:one>',
    );
    expect(root).toMatchObject({ namespace: 'urn:a', name: 'one' });
    expect(root?.children.map(({ namespace, name, text }) => [namespace, name, text])).toEqual([
      ['urn:b', 'two', ''],
      ['urn:c', 'two', 'x'],
    ]);
  });

  test('keeps leading zeros, and reads references to characters and CDATA as the text they are', () => {
    const text = (content: string) => readXml(`<a>${content}</a>`)?.text;
    expect(text('038090000001')).toBe('038090000001');
    expect(text('Nguy&#7877;n V&#x103;n &amp; &lt;A&gt;')).toBe('Nguyễn Văn & <A>');
    expect(text('<![CDATA[Nguyễn &amp; <b>]]>')).toBe('Nguyễn &amp; <b>');
    expect(text('&amp;amp;')).toBe('&amp;');
  });

  test.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an entity that reads a file', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'],
    ['an entity of nobody', '<a>&e;</a>'],
    ['a loose ampersand', '<a>b & c</a>'],
    ['a reference to no character', '<a>&#xffffff;</a>'],
    ['half a document', '<a><b>text</b>'],
    ['crossed elements', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['a thousand levels', '<a>'.repeat(1000) + '</a>'.repeat(1000)],
    ['JSON', '{"errorCode":"004"}'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(readXml(text)).toBeNull();
  });

  test('an element cannot reach into the program', () => {
    expect(readXml('<a><__proto__><polluted>1</polluted></__proto__></a>')?.name ?? null).not.toBe('polluted');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
