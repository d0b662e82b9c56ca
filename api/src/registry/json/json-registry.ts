import { failed, failureOf } from '../gateway/failure.ts';
import type { Ask } from '../gateway/gateway.ts';
import { readCollection } from '../read-collection.ts';
import type { Fields } from '../read-record.ts';
import type { Registry, RegistryAnswer } from '../registry-port.ts';
import type { MessageSettings } from '../registry-settings.ts';
import { spellQuestion } from '../spell-question.ts';

const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' };

/** The population database behind a platform that speaks plain JSON: the same fields, as members. */
export function createJsonRegistry(ask: Ask, settings: MessageSettings): Registry {
  return {
    async lookUp(question, signal) {
      const members = spellQuestion(question, settings).map(({ name, value }) => [name, value]);
      const reply = await ask({ headers, body: JSON.stringify(Object.fromEntries(members)) }, signal);
      if (reply.kind === 'FAILED') return reply;
      return reply.status === 200 ? readAnswer(reply.text) : failureOf(reply.status, reply.text);
    },
  };
}

function readAnswer(text: string): RegistryAnswer {
  const answer = parse(text);
  if (!answer) return failed('FAULT', true, 'a reply that is no JSON object');
  const holder = asObject(answer['Body']) ?? answer;
  if (!('CongdanCollection' in holder)) return failureOf(200, text, 'a reply without a collection');
  const people = asObject(holder['CongdanCollection'])?.['CongDan'];
  // One person may come without the list around them.
  const list = (Array.isArray(people) ? people : [people]).map(asObject).filter((person) => person !== null);
  return readCollection(list.filter((person) => Object.keys(person).length > 0).map(fieldsOf));
}

type JsonObject = Readonly<Record<string, unknown>>;

function parse(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

const asObject = (value: unknown): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;

function fieldsOf(object: JsonObject): Fields {
  return {
    text(name) {
      const value = object[name];
      const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
      return text === '' ? null : text;
    },
    part(name) {
      const part = asObject(object[name]);
      return part && fieldsOf(part);
    },
  };
}
