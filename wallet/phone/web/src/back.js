// The way back from another site, as from signing in at an issuer. Its pages open in a tab of their own, since a
// wallet whose page is left locks. The tab in which the person comes back hands over what the site sent along, and
// says where to go; the wallet in the first tab knows whether it waits for that. Only this origin hears the channel.

const CHANNEL = "skills-passport-back";
const PLACE = /^\/(signed-in|connected)\/[\w-]{1,64}$/;
const ANSWERED = 10_000; // milliseconds until nobody is there
const REFUSED = 1_500; // an answer that nobody waits for is refused at once; one that is taken needs the network

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

export const isBack = () => new URLSearchParams(location.search).has("at");

export const handOver = (told) => {
  const [channel, query] = [new BroadcastChannel(CHANNEL), location.search];
  history.replaceState(null, "", location.pathname); // a code stays in no history
  const nobody = setTimeout(() => told("back-late"), ANSWERED);
  channel.onmessage = ({ data }) => {
    if (data.answered !== query) return;
    clearTimeout(nobody);
    told(data.taken ? "back-taken" : "back-late");
  };
  channel.postMessage({ query });
};

// `taken` is called with the address of the page that the answer is for, and says whether that took it; undefined:
// no wallet is open in this tab, and another one answers.
export const takeBack = (taken) => {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async ({ data }) => {
    const at = new URLSearchParams(data.query ?? "").get("at") ?? "";
    if (!PLACE.test(at)) return;
    const asked = taken(at + data.query);
    const quick = await Promise.race([asked, pause(REFUSED).then(() => true)]);
    if (quick !== undefined) channel.postMessage({ answered: data.query, taken: quick });
  };
};
