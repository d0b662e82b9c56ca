import { failed, failureOf } from '../gateway/failure.ts';
import type { Ask } from '../gateway/gateway.ts';
import { readCollection } from '../read-collection.ts';
import type { Fields } from '../read-record.ts';
import type { Registry, RegistryAnswer } from '../registry-port.ts';
import type { MessageSettings } from '../registry-settings.ts';
import { spellQuestion } from '../spell-question.ts';
import { readXml, type XmlElement } from './read-xml.service.ts';
import { soapNamespace, writeEnvelope } from './write-envelope.ts';

const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

/** The population database behind a platform that speaks SOAP 1.1. */
export function createSoapRegistry(ask: Ask, settings: MessageSettings): Registry {
  return {
    async lookUp(question, signal) {
      const body = writeEnvelope(spellQuestion(question, settings), settings);
      const reply = await ask({ headers, body }, signal);
      if (reply.kind === 'FAILED') return reply;
      return reply.status === 200 ? readAnswer(reply.text, settings) : failureOf(reply.status, reply.text);
    },
  };
}

function readAnswer(text: string, { responseNamespace }: MessageSettings): RegistryAnswer {
  const envelope = readXml(text);
  if (!envelope) return failureOf(200, text, 'a reply that is no XML we read');
  const body = isSoap(envelope, 'Envelope') && envelope.children.find((child) => isSoap(child, 'Body'));
  const [content] = (body && body.children) || [];
  if (!content) return failed('FAULT', true, 'a reply that is no SOAP');
  const collection = find(content, 'CongdanCollection');
  if (!collection) return failureOf(200, text, 'a reply without a collection');
  if (collection.namespace !== responseNamespace) return failed('FAULT', false, 'another namespace than expected');
  return readCollection(collection.children.filter(({ name }) => name === 'CongDan').map(fieldsOf));
}

const isSoap = (element: XmlElement, name: string) => element.namespace === soapNamespace && element.name === name;

/** The collection itself or, from platforms that wrap it in a response, one level below. */
const find = (content: XmlElement, name: string) =>
  content.name === name ? content : content.children.find((child) => child.name === name);

function fieldsOf(element: XmlElement): Fields {
  const child = (name: string) => element.children.find((one) => one.name === name);
  return {
    text(name) {
      const found = child(name);
      return found && found.children.length === 0 && found.text !== '' ? found.text : null;
    },
    part(name) {
      const found = child(name);
      return found && found.children.length > 0 ? fieldsOf(found) : null;
    },
  };
}
