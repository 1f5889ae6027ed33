// @digitalbazaar/vc with its cryptosuites, behind the protocol that peer_process.py speaks: a JSON object a line.
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {driver} from '@digitalbazaar/did-method-key';
import {createInterface} from 'node:readline';

const suites = {
  'eddsa-rdfc-2022': eddsaRdfc2022,
  'ecdsa-rdfc-2019': ecdsaRdfc2019,
  'eddsa-jcs-2022': eddsaJcs.cryptosuite ?? eddsaJcs.createVerifyCryptosuite?.()
};
const keys = driver();
keys.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});
keys.use({multibaseMultikeyHeader: 'zDna', fromMultibase: EcdsaMultikey.from});
keys.use({multibaseMultikeyHeader: 'z82L', fromMultibase: EcdsaMultikey.from});

const contexts = new Map();
async function documentLoader(url) {
  if(contexts.has(url)) {
    return {contextUrl: null, documentUrl: url, document: contexts.get(url), tag: 'static'};
  }
  if(url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: await keys.get({url})};
  }
  throw new Error('not at hand');
}

async function verify(document, cryptosuite) {
  const suite = new DataIntegrityProof({cryptosuite: suites[cryptosuite]});
  // the proof is compared, not the status list: that would be the speed of somebody's network
  const checkStatus = () => ({verified: true});
  return vc.verifyCredential({credential: document, suite, documentLoader, checkStatus});
}

function reason(error) {
  const first = error?.errors?.[0] ?? error;
  return first ? `${first.name}: ${first.message}`.slice(0, 200) : '';
}

async function timed(run, documents, seconds) {
  const start = process.cpuUsage();
  let runs = 0;
  for(;;) {
    for(const document of documents) {
      await run(structuredClone(document));
      runs++;
    }
    const {user, system} = process.cpuUsage(start);
    if((user + system) / 1e6 >= seconds) {
      return {runs, cpu: (user + system) / 1e6};
    }
  }
}

const operations = {
  async contexts({documents}) {
    for(const [url, document] of Object.entries(documents)) {
      contexts.set(url, document);
    }
    return {};
  },
  async verify({document, cryptosuite}) {
    const found = await verify(document, cryptosuite);
    return {verified: found.verified, reason: reason(found.error)};
  },
  async timeVerify({documents, cryptosuite, seconds}) {
    return timed(async document => {
      const found = await verify(document, cryptosuite);
      if(!found.verified) {
        throw found.error;
      }
    }, documents, seconds);
  },
  async timeSign({documents, cryptosuite, seconds, key}) {
    const pair = await Ed25519Multikey.from(key);
    return timed(async credential => {
      const suite = new DataIntegrityProof({signer: pair.signer(), cryptosuite: suites[cryptosuite]});
      await vc.issue({credential, suite, documentLoader});
    }, documents, seconds);
  },
  async sign({document, cryptosuite, key}) {
    const pair = await (key.publicKeyMultibase.startsWith('z6Mk') ? Ed25519Multikey : EcdsaMultikey).from(key);
    const suite = new DataIntegrityProof({signer: pair.signer(), cryptosuite: suites[cryptosuite]});
    return {document: await vc.issue({credential: document, suite, documentLoader})};
  }
};

for await (const line of createInterface({input: process.stdin})) {
  const {operation, ...values} = JSON.parse(line);
  let answer;
  try {
    answer = await operations[operation](values);
  } catch(error) {
    answer = {failed: reason(error)};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
