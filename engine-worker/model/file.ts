/** Where the model of a project is. */
export const modelFile = 'model.json'
