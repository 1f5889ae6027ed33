// Scanning: a button beside each field that takes a picture or a text of a code. The reader comes with the app.
export const offerCamera = () => {};
