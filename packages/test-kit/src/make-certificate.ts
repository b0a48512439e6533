import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for the loopback that signs itself, and its key. */
export interface TestCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

/** Make a certificate for 127.0.0.1 and localhost, valid around today. */
export function makeCertificate(): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(objectId('2a8648ce3d040302'));
  const name = sequence(set(sequence(objectId('550403'), utf8('gnu-mlops test'))));
  const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const day = 24 * 3600 * 1000;
  const validity = sequence(time(Date.now() - day), time(Date.now() + 365 * day));
  const loopback = sequence(
    tagged(0x82, Buffer.from('localhost')),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const extensions = sequence(
    sequence(objectId('551d13'), boolean(), octets(sequence(boolean()))),
    sequence(objectId('551d11'), octets(loopback)),
  );
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(
      Buffer.concat([
        Buffer.from([1]),
        createHash('sha256').update(keyInfo).digest().subarray(0, 8),
      ]),
    ),
    algorithm,
    name,
    validity,
    name,
    keyInfo,
    tagged(0xa3, extensions),
  );
  const signature = sign('sha256', content, privateKey);
  const whole = sequence(
    content,
    algorithm,
    tagged(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const base64 = whole.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${base64.trimEnd()}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(parts));
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function boolean(): Buffer {
  return tagged(0x01, Buffer.from([0xff]));
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  return tagged(0x17, Buffer.from(digits.slice(2)));
}
