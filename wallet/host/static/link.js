// The page at a share link: fetch the ciphertext, decrypt it here, show it as text. Nothing else is called, and
// the key, which stands behind the #, leaves this browser never. Whatever was decrypted is a stranger's text.
"use strict";

const TYPE = "SkillsPassportShared";
const NONCE = 12;
const ENVELOPED = /^data:application\/(?:vc\+jwt|vc\+sd-jwt|dc\+sd-jwt|jwt)[,;]/;
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/gu;
const PILE = /([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+/gu; // drawn over the lines around

const at = (id) => document.getElementById(id);

function tell(id) {
  for (const each of ["working", "gone", "no-key", "tampered", "unreachable", "shown"]) at(each).hidden = each !== id;
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function base64url(data) {
  return btoa(String.fromCharCode(...new Uint8Array(data))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const read = (data) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));

async function open(found, id, key) {
  if (found.type !== TYPE || found.id !== id) throw new Error("another document");
  const sealed = bytes(found.sealed);
  const associated = new TextEncoder().encode(JSON.stringify({ id, type: TYPE, until: found.until }));
  const secret = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const opened = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.slice(0, NONCE), additionalData: associated }, secret, sealed.slice(NONCE));
  return new Uint8Array(opened);
}

// Each stands in one place: what was named twice over and over would never end.
function taken(digest, disclosed) {
  const found = disclosed.get(digest);
  disclosed.delete(digest);
  return found;
}

// SD-JWT (RFC 9901, section 4.2.4): what was disclosed, put back where its digest stands.
async function revealed(value, disclosed) {
  if (Array.isArray(value)) {
    const items = [];
    for (const each of value) {
      const digest = each !== null && typeof each === "object" ? each["..."] : undefined;
      if (typeof digest !== "string") items.push(await revealed(each, disclosed));
      else if (disclosed.has(digest)) items.push(await revealed(taken(digest, disclosed)[1], disclosed));
    }
    return items;
  }
  if (value === null || typeof value !== "object") return value;
  const whole = [];
  for (const [name, each] of Object.entries(value)) {
    if (name !== "_sd" && name !== "_sd_alg") whole.push([name, await revealed(each, disclosed)]);
  }
  for (const digest of Array.isArray(value._sd) ? value._sd : []) {
    if (disclosed.has(digest)) {
      const [, name, each] = taken(digest, disclosed);
      whole.push([String(name), await revealed(each, disclosed)]);
    }
  }
  return Object.fromEntries(whole);
}

async function unwrapped(credential) {
  const address = credential && credential.id;
  if (typeof address !== "string" || !ENVELOPED.test(address)) return credential;
  const [token, ...disclosures] = address.slice(address.indexOf(",") + 1).split("~");
  const payload = read(bytes(token.split(".")[1]));
  const disclosed = new Map();
  for (const each of disclosures.filter((text) => text && !text.includes("."))) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(each));
    const [salt, ...rest] = read(bytes(each));
    disclosed.set(base64url(digest), rest.length === 1 ? [salt, rest[0]] : [salt, rest[0], rest[1]]);
  }
  return revealed(payload.vc || payload, disclosed);
}

const list = (value) => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

function text(value) {
  if (value === null || typeof value === "object") {
    const named = value && Object.entries(value).find(([language]) => language === document.documentElement.lang);
    return named ? text(named[1]) : value ? text(Object.values(value)[0]) : "";
  }
  return value === undefined ? "" : String(value).replace(PILE, "$1\ufffd").replace(UNSEEN, (letter) =>
    `\\u${letter.codePointAt(0).toString(16).padStart(4, "0")}`);
}

function day(value) {
  const moment = new Date(text(value));
  return Number.isNaN(moment.getTime()) ? text(value) :
    new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(moment);
}

function facts(credential) {
  const subject = list(credential.credentialSubject)[0] || {};
  const achievement = subject.achievement || {};
  const issuer = credential.issuer || {};
  return {
    name: text(achievement.name) || text(credential.name) || "?",
    issuer: typeof issuer === "string" ? "" : text(issuer.name),
    issuerId: typeof issuer === "string" ? text(issuer) : text(issuer.id),
    description: text(achievement.description),
    criteria: text((achievement.criteria || {}).narrative),
    from: day(credential.validFrom),
    until: credential.validUntil ? day(credential.validUntil) : "",
    holder: text(subject.id),
    all: text(JSON.stringify(credential, null, 2)),
    skills: list(achievement.alignment).map((each) => text(each.targetName)),
    results: list(subject.result).map((each) => text(each.value) || text(each.status)),
    evidence: list(credential.evidence).map((each) => text(each.name) || text(each.genre) || text(each.id)),
  };
}

function drop(element) {
  if (element.tagName === "DD") element.previousElementSibling.remove();
  element.remove();
}

function card(credential) {
  const made = at("credential").content.cloneNode(true);
  const found = facts(credential);
  for (const element of made.querySelectorAll("[data-field]")) {
    element.textContent = found[element.dataset.field];
    if (!element.textContent) drop(element);
  }
  for (const element of made.querySelectorAll("[data-list]")) {
    const items = found[element.dataset.list].filter(Boolean);
    const lines = document.createElement("ul");
    for (const each of items) {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = each;
      lines.append(line);
    }
    if (items.length) element.append(lines);
    else drop(element);
  }
  return made;
}

async function show(found, document_) {
  const presentation = read(document_);
  for (const each of list(presentation.verifiableCredential)) at("credentials").append(card(await unwrapped(each)));
  at("until").dateTime = found.until;
  at("until").textContent = day(found.until);
  at("whole").value = location.origin + location.pathname + location.hash;
  at("whole").addEventListener("focus", () => at("whole").select());
  at("copy").addEventListener("click", async () => {
    at("whole").select();
    try {
      await navigator.clipboard.writeText(at("whole").value);
      at("copied").hidden = false;
    } catch {
      at("copied").hidden = true; // it stands selected: the person copies it
    }
  });
  at("save").href = URL.createObjectURL(new Blob([document_], { type: "application/vp" }));
}

async function main() {
  for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  const id = location.pathname.split("/")[2];
  let key;
  try {
    key = bytes(location.hash.slice(1));
  } catch {
    key = new Uint8Array();
  }
  if (key.length !== 32) return tell("no-key");
  tell("working");
  let answer;
  try {
    answer = await fetch(`${location.pathname}/sealed`,
      { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" });
  } catch {
    return tell("unreachable");
  }
  if (answer.status === 404 || answer.status === 410) return tell("gone");
  if (!answer.ok) return tell("unreachable");
  try {
    const found = await answer.json();
    await show(found, await open(found, id, key));
  } catch {
    return tell("tampered");
  }
  return tell("shown");
}

addEventListener("hashchange", () => location.reload());
main();
