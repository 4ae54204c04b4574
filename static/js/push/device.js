/**
 * The line "Message on this phone": tells how this browser stands to messages, and turns them on or off. The question of
 * the browser comes in the tap alone. The devices below it are a list of the server's.
 */
import { withTimeout } from "../lib/with-timeout.js";
import { whoIsLoggedIn } from "../outbox/delivery.js";
import { reportSubscription, subscriptionFor } from "./subscribing.js";
import { readThisDevice, unsubscribe } from "./this-device.js";

const line = document.getElementById("this-device");
const { user, sync } = document.body.dataset;
const { pushKey: key, subscribe } = line.dataset;
let busy = false;

line.addEventListener("click", async ({ target }) => {
  const button = target.closest("button");
  if (!button || busy) return;
  busy = true;
  await (button.dataset.turn === "on" ? turnOn() : turnOff()).catch(tellFailure);
  busy = false;
});
document.body.addEventListener("htmx:afterSwap", ({ target }) => target.matches("#devices") && showState());
showState();

async function showState() {
  const state = await stateHere();
  const mine = await readThisDevice();
  for (const device of document.querySelectorAll("[data-device]")) {
    const isHere = device.dataset.device === mine?.device;
    device.querySelector("[data-here]").hidden = !isHere;
    device.querySelector("form").hidden = isHere && state === "on"; // this line turns it off
  }
  show(state);
}

async function stateHere() {
  if (!window.isSecureContext) return "http";
  if (!isAble()) return navigator.standalone === false ? "home-screen" : "unable"; // only Apple's phones have this property
  if (Notification.permission === "denied") return "blocked";
  return (await isOn()) ? "on" : "off";
}

function isAble() {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** One that the user has ended on another device is on no longer; nor one of a server with another key. */
async function isOn() {
  const mine = await readThisDevice();
  const isMine = mine?.user === user && mine.key === key && Notification.permission === "granted";
  return isMine && Boolean(rowOf(mine.device));
}

function rowOf(device) {
  return document.querySelector(`[data-device="${device}"]`);
}

async function turnOn() {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return showState();
  const subscription = await subscriptionFor(await workerHere(), key);
  const me = await whoIsLoggedIn(sync);
  if (String(me.user) !== user) return location.reload(); // which asks for the log-in
  await reportSubscription(subscribe, me.csrf, subscription, { user, key });
  show("on");
  document.body.dispatchEvent(new CustomEvent("devices:changed"));
}

/** Here first: without a network no message comes any more, and the server finds that out by itself. */
async function turnOff() {
  const { device } = await readThisDevice();
  await unsubscribe(await workerHere());
  rowOf(device).querySelector("form").requestSubmit();
}

function workerHere() {
  return withTimeout(navigator.serviceWorker.ready);
}

/** A refusal of the server is a sentence of its own. */
function tellFailure({ status, message }) {
  const refused = status >= 400 && status < 500 && message;
  if (refused) line.querySelector("[data-push=refused]").textContent = message;
  show(refused ? "refused" : "failed");
}

function show(state) {
  for (const words of line.querySelectorAll("[data-push]")) words.hidden = words.dataset.push !== state;
  const turn = { off: "on", failed: "on", refused: "on", on: "off" }[state];
  const hadFocus = line.contains(document.activeElement);
  for (const button of line.querySelectorAll("[data-turn]")) {
    button.hidden = button.dataset.turn !== turn;
    if (hadFocus && !button.hidden) button.focus(); // the pressed one goes
  }
}
