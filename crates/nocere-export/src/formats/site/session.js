// What a person has answered. It lives in this variable and nowhere else: not in the address, not in any storage of
// the browser. Closing or reloading the page forgets it.

let session = fresh();

function fresh() {
  return {
    stopped: null, // the red flag that ended everything
    answers: new Map(), // screening → the conditions that were answered with yes; only once all of it was answered
    noFlags: false, // on an exercise's page: none of the signs applies
    reviewing: false, // reading as somebody who checks the content
    after: null, // where to go once the questions are answered
    filters: {}, // of the list of exercises
  };
}

function forget() {
  const { reviewing } = session;
  session = { ...fresh(), reviewing };
}

// Every condition that was answered with yes, whichever screening asked.
function known() {
  return [...new Set([...session.answers.values()].flat())];
}

// Whether the steps of exercises may be shown.
function mayRead() {
  return !session.stopped && (session.reviewing || session.noFlags || session.answers.size > 0);
}
