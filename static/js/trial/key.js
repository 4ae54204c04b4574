/** Where the trial is stored on this phone. */
export const TRIAL_KEY = "trial";
